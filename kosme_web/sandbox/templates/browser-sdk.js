/* A stand-in for PortOne's browser SDK: the same function, opening the sandbox's own window. */
(() => {
  const { origin } = new URL(document.currentScript.src);
  const NEEDED = ["storeId", "identityVerificationId", "channelKey"];

  function send(wish, target) {
    const form = document.createElement("form");
    const fields = { ...wish.customer, isPopup: target === "_self" ? "" : "1" };
    for (const name of [...NEEDED, "redirectUrl"]) fields[name] = wish[name] ?? "";
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      form.append(input);
    }
    Object.assign(form, { method: "post", action: `${origin}/window`, target, hidden: true });
    document.body.append(form);
    form.submit();
    form.remove();
  }

  async function requestIdentityVerification(wish) {
    const isPhone = /Mobi|Android/.test(navigator.userAgent);
    if (NEEDED.some((name) => !wish?.[name]) || (isPhone && !wish.redirectUrl)) {
      return { transactionType: "IDENTITY_VERIFICATION", code: "RequestParseFailed", message: "a field is missing" };
    }
    if (isPhone) {
      send(wish, "_self");
      return new Promise(() => {});
    }
    const name = `window-${wish.identityVerificationId}`;
    open("", name, "popup,width=480,height=720");
    const told = await new Promise((resolve) => {
      addEventListener("message", (event) => event.origin === origin && resolve(event.data));
      send(wish, name);
    });
    if (wish.forceRedirect) {
      location.assign(`${wish.redirectUrl}?${new URLSearchParams(told)}`);
      return new Promise(() => {});
    }
    return told;
  }

  globalThis.PortOne = { requestIdentityVerification };
})();
