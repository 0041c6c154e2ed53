/** A fetch that tells how much is sent, which the browser's own cannot. It gives up when nothing moves any more. */
const SECONDS = 30;

export function send(url, { method, headers, body, signal, abort }, tell) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(abort, SECONDS * 1000, "timeout");
    };
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      wait();
      tell(loaded / total);
    };
    request.onload = () => resolve(answerOf(request));
    request.onerror = reject;
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => clearTimeout(timer);
    signal.addEventListener("abort", () => request.abort());
    wait();
    request.send(body);
  });
}

function answerOf(request) {
  const lines = request.getAllResponseHeaders().trim().split("\r\n");
  const headers = lines.map((line) => line.split(/: (.*)/s, 2));
  return new Response(request.response, { status: request.status, headers });
}
