/** 사진의 위치와 크기: a hand, two fingers or a wheel move the sliders, and these say what the photo will show. */
const SHAPE = 413 / 531;
const JUMPS = { ArrowRight: 9, ArrowUp: 9, ArrowLeft: -9, ArrowDown: -9 }; // beside the one that the browser goes

/** The box shows the photo as it is; from here on it shows the whole picture behind the frame. */
export async function lay(box) {
  const picture = new Image();
  picture.src = box.dataset.whole;
  await picture.decode();
  const { naturalWidth: wide, naturalHeight: high } = picture;
  const [zoom, across, down] = ["zoom", "across", "down"].map((name) => document.getElementById(`frame_${name}`));
  const { style } = box.querySelector("img");
  const fingers = new Map();

  const sizeAt = (percent) => (Math.min(wide, high * SHAPE) * 100) / percent;

  /** The frame on the whole picture, in its pixels, exactly as the site will cut it. */
  function frame() {
    const width = sizeAt(zoom.value);
    const height = width / SHAPE;
    const [left, top] = [((wide - width) * across.value) / 1000, ((high - height) * down.value) / 1000];
    return { width, height, left, top };
  }

  function show() {
    const { width, height, left, top } = frame();
    style.width = `${(wide / width) * 100}%`;
    style.height = `${(high / height) * 100}%`;
    style.left = `${(-left / width) * 100}%`;
    style.top = `${(-top / height) * 100}%`;
    across.disabled = wide - width < 1;
    down.disabled = high - height < 1;
  }

  function put(left, top) {
    const { width, height } = frame();
    if (wide - width >= 1) across.value = (left / (wide - width)) * 1000;
    if (high - height >= 1) down.value = (top / (high - height)) * 1000;
    show();
  }

  /** What lies under that point of the box stays under it. */
  function enlarge(factor, x, y) {
    const { width, height, left, top } = frame();
    const place = box.getBoundingClientRect();
    const [part, share] = [(x - place.left) / place.width, (y - place.top) / place.height];
    zoom.value *= factor;
    const now = frame();
    put(left + part * (width - now.width), top + share * (height - now.height));
  }

  function drag(event) {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, event);
    const other = [...fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    if (other) {
      const far = ({ clientX, clientY }) => Math.hypot(clientX - other.clientX, clientY - other.clientY);
      enlarge(far(event) / Math.max(far(before), 1), other.clientX, other.clientY);
    }
    const { width, left, top } = frame();
    const scale = width / box.clientWidth / (fingers.size || 1);
    put(left + (before.clientX - event.clientX) * scale, top + (before.clientY - event.clientY) * scale);
  }

  box.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", drag);
  box.addEventListener("lostpointercapture", ({ pointerId }) => fingers.delete(pointerId));
  box.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      enlarge(Math.exp(-event.deltaY / 500), event.clientX, event.clientY);
    },
    { passive: false },
  );
  for (const slider of [zoom, across, down]) {
    slider.addEventListener("input", show);
    slider.addEventListener("keydown", ({ key, shiftKey }) => JUMPS[key] && !shiftKey && slider.stepUp(JUMPS[key]));
  }
  style.inset = "auto";
  style.touchAction = box.style.touchAction = "none";
  box.querySelector("img").src = picture.src;
  show();
}
