/** Makes a picture fit: drawn anew as it stands upright, smaller and coarser until it does. */
const SIZES = [2000, 1400, 1000]; // of the longer side, in pixels; the site keeps 413 × 531
const QUALITIES = [0.9, 0.7];

export async function shrunk(file, most) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  for (const size of SIZES) {
    for (const quality of QUALITIES) {
      const made = await drawn(picture, size, quality);
      if (made.size <= most) return new File([made], `${file.name.replace(/\.\w*$/, "")}.jpg`, { type: made.type });
    }
  }
  throw new Error("it does not fit");
}

function drawn(picture, size, quality) {
  const canvas = document.createElement("canvas");
  const scale = Math.min(1, size / Math.max(picture.width, picture.height));
  canvas.width = picture.width * scale;
  canvas.height = picture.height * scale;
  const place = canvas.getContext("2d");
  place.fillStyle = "#fff"; // where the picture is transparent
  place.fillRect(0, 0, canvas.width, canvas.height);
  place.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}
