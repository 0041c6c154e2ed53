/** Opens the agency's own window. What comes of it is asked of the agency by the server, never of the browser. */

const button = document.getElementById("open-window");
const failed = document.getElementById("window-failed");

button.addEventListener("click", async () => {
  failed.hidden = true;
  const wish = JSON.parse(button.dataset.wish);
  try {
    const told = await globalThis.PortOne.requestIdentityVerification(wish);
    const id = new URLSearchParams({
      identityVerificationId: told?.identityVerificationId ?? wish.identityVerificationId,
    });
    location.assign(`${wish.redirectUrl}?${id}`);
  } catch {
    failed.hidden = false;
  }
});
