/** The offline page is the same for everybody: it turns to the language that was chosen on this device. */

const chosen = document.cookie.match(/(?:^|; )lang=(\w+)/)?.[1];
document.querySelector(`header [name="_lang"][value="${chosen}"]:not(:checked)`)?.click();

addEventListener("online", () => location.reload());
