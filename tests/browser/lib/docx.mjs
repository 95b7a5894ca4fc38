// What stands in a DOCX file, read without a library.
import { inflateRawSync } from "node:zlib";

/// The words of a DOCX file: the part `word/document.xml` of the ZIP, without its marks.
export function words(file) {
  // Parts stand one after the other; the list at the end says where.
  const end = file.lastIndexOf(Buffer.from("PK\x05\x06"));
  let at = file.readUInt32LE(end + 16);
  for (let part = 0; part < file.readUInt16LE(end + 10); part++) {
    const [size, name, extra, comment, local] = [file.readUInt32LE(at + 20), file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32), file.readUInt32LE(at + 42)];
    if (file.toString("utf8", at + 46, at + 46 + name) === "word/document.xml") {
      const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
      return inflateRawSync(file.subarray(begin, begin + size)).toString("utf8").replace(/<\/w:p>/g, "\n").replace(/<[^>]*>/g, "");
    }
    at += 46 + name + extra + comment;
  }
  throw new Error("no document in the file");
}
