import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  name: string;
  data?: string | Buffer;
  /** What the headers claim, where it isn't the truth. */
  claimedSize?: number;
  /** Unix mode, 0o120777 for a symbolic link. */
  mode?: number;
  encrypted?: boolean;
}

/** Writes a zip file, honest or not: a library would refuse to write what these tests need. */
export function zip(entries: ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data = "", claimedSize, mode = 0o100644, encrypted = false } of entries) {
    const content = Buffer.from(data);
    const packed = deflateRawSync(content);
    const fileName = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800 | (encrypted ? 1 : 0), 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(0x5a21_0000, 6);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimedSize ?? content.length, 18);
    common.writeUInt16LE(fileName.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, fileName, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02"), Buffer.from([20, 3]), common, rest, fileName]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(entries.length, 0xffff), 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** A field of a form, or with a name of its own a file of it. */
interface Part {
  name: string;
  data: string | Buffer;
  file?: string;
  type?: string;
}

/** A form as a browser sends it where it has files. */
export function multipart(parts: Part[]) {
  const boundary = "----verso-test-boundary";
  const sent = parts.flatMap(({ name, data, file, type = "application/octet-stream" }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`,
    file === undefined ? "" : `; filename="${file}"\r\nContent-Type: ${type}`,
    "\r\n\r\n",
    data,
    "\r\n",
  ]);
  return {
    method: "POST",
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...sent, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece))),
  };
}

/** A form with files. */
export function upload(files: { name: string; data: string | Buffer }[]) {
  return multipart(files.map(({ name, data }) => ({ name: "files", data, file: name })));
}
