// A ZIP file whose entries are stored as they are: photos are compressed already, and text is short.
const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

// Numbers as [value, bytes], least byte first.
function packed(...numbers) {
  return Uint8Array.from(numbers.flatMap(([value, size]) => Array.from({ length: size }, (_, place) => (value >>> (8 * place)) & 255)));
}

export function zip(files) {
  const parts = [];
  const index = [];
  let offset = 0;
  for (const [name, content] of files) {
    const title = new TextEncoder().encode(name);
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
    // Version 2.0, names in UTF-8 (bit 11), stored, 1 January 1980.
    const facts = [[20, 2], [0x800, 2], [0, 2], [0, 2], [33, 2], [crc(bytes), 4], [bytes.length, 4], [bytes.length, 4], [title.length, 2], [0, 2]];
    const head = packed([0x04034b50, 4], ...facts);
    parts.push(head, title, bytes);
    index.push(packed([0x02014b50, 4], [20, 2], ...facts, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), title);
    offset += head.length + title.length + bytes.length;
  }
  const size = index.reduce((sum, part) => sum + part.length, 0);
  const end = packed([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [offset, 4], [0, 2]);
  return new Blob([...parts, ...index, end], { type: "application/zip" });
}
