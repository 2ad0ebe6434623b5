// Unpacks the page: its style and scripts, which the policy knows by their hashes, and its data.

/** Reads a text of `as_text` in kg/explorer/columns.py: two characters of 91 hold 13 bits. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => code - 33 - (code > 34) - (code > 38) - (code > 60));
const bytesOf = (text) => {
  const digit = (at) => DIGITS[text.charCodeAt(at)];
  const bytes = new Uint8Array((13 * text.length) >> 4);
  let [held, count, to] = [0, 0, 0];
  for (let at = 0; at < text.length; at += 2) {
    held |= (digit(at) + (at + 1 < text.length ? 91 * digit(at + 1) : 0)) << count;
    for (count += 13; count > 7; count -= 8, held >>>= 8) { bytes[to] = held; to += 1; }
  }
  return bytes;
};

/** Unpacks what stands in an element of the page, which is not needed any more then. */
const unpack = async (name) => {
  const element = document.getElementById(name);
  element.remove();
  return new Response(new Response(bytesOf(element.textContent)).body.pipeThrough(new DecompressionStream("gzip")));
};

const parsed = () => new Promise((done) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done, { once: true });
  else done();
});

/** Reads a block of the data by its name: from its element, or from the server that the page came from. */
const read = async (name) => {
  const { source, folder } = document.documentElement.dataset;
  if (source === "server") {
    const answer = await fetch(`${folder}/${name}`);
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${answer.statusText}`);
    return answer.arrayBuffer();
  }
  if (!document.getElementById(name)) await parsed();
  return (await unpack(name)).arrayBuffer();
};

/** Makes an element of the text that stands packed in another. */
const made = async (tag, name) => Object.assign(document.createElement(tag), { textContent: await (await unpack(name)).text() });

const parts = [made("style", "style"), made("script", "code")];
const ahead = ["columns", "names"].map(read); // what the first picture needs besides
// All at once: a frame without a picture would only be in its way.
Promise.all([...parts, ...ahead]).then(([style, script]) => {
  document.querySelector("style").replaceWith(style);
  document.head.append(script);
}).catch((error) => {
  document.body.textContent = `The page could not be unpacked: ${error.message}`;
});
