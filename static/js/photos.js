// A photo made small before it is sent. What it says of where and when it was taken (EXIF) goes along, for the registry
// reads it; only the orientation is reset, because the drawn picture stands upright already.
'use strict';

const photos = (() => {
  const SIDE = 1920; // pixels of the longer side
  const SMALL = 600 * 1024; // bytes; a photo below it that fits is sent as it is
  const QUALITY = 0.8;
  const SEGMENT = 0xffff - 2 - 6; // the most that one segment of a JPEG holds

  const ascii = (bytes, at, length) => String.fromCharCode(...bytes.subarray(at, at + length));
  const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

  function inJpeg(bytes) {
    const view = viewOf(bytes);
    for (let at = 2; at + 4 < bytes.length && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
      const marker = view.getUint8(at + 1);
      if (marker === 0xda) return null; // the picture itself
      if (marker === 0xe1 && ascii(bytes, at + 4, 6) === 'Exif\0\0') return bytes.slice(at + 10, at + 2 + view.getUint16(at + 2));
    }
    return null;
  }

  function inPng(bytes) {
    const view = viewOf(bytes);
    for (let at = 8; at + 8 < bytes.length; at += 12 + view.getUint32(at)) {
      if (ascii(bytes, at + 4, 4) === 'eXIf') return bytes.slice(at + 8, at + 8 + view.getUint32(at));
    }
    return null;
  }

  function inWebp(bytes) {
    const view = viewOf(bytes);
    for (let at = 12; at + 8 < bytes.length;) {
      const length = view.getUint32(at + 4, true);
      const start = at + 8 + (ascii(bytes, at + 8, 6) === 'Exif\0\0' ? 6 : 0);
      if (ascii(bytes, at, 4) === 'EXIF') return bytes.slice(start, at + 8 + length);
      at += 8 + length + (length % 2);
    }
    return null;
  }

  /** The EXIF block with its orientation reset to upright, and what that was; or null. */
  function evidenceIn(bytes, type) {
    const block = { 'image/jpeg': inJpeg, 'image/png': inPng, 'image/webp': inWebp }[type](bytes);
    if (!block) return null;
    const view = viewOf(block);
    const little = view.getUint16(0) === 0x4949;
    const directory = view.getUint32(4, little);
    let turn = 1;
    for (let entry = 0; entry < view.getUint16(directory, little); entry += 1) {
      const at = directory + 2 + entry * 12;
      if (view.getUint16(at, little) !== 0x0112) continue;
      turn = view.getUint16(at + 8, little);
      view.setUint16(at + 8, 1, little);
    }
    return { block, turn };
  }

  async function drawn(file) {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size <= SMALL) return null;
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const brush = canvas.getContext('2d');
    brush.fillStyle = 'white'; // behind what is see-through
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', QUALITY); });
  }

  async function withEvidence(picture, file) {
    const evidence = evidenceIn(new Uint8Array(await file.arrayBuffer()), file.type);
    if (!evidence) return picture;
    const { block, turn } = evidence;
    if (turn !== 1 && file.type !== 'image/jpeg') throw new TypeError('only of a JPEG every browser stands the picture upright');
    if (block.length > SEGMENT) throw new RangeError('EXIF too long for a JPEG');
    const head = new Uint8Array(6);
    const view = viewOf(head);
    view.setUint32(0, 0xffd8ffe1);
    view.setUint16(4, block.length + 8);
    return new Blob([head, 'Exif\0\0', block, picture.slice(2)], { type: 'image/jpeg' });
  }

  /** The photo, smaller if that is possible without losing evidence; anything else as it is. */
  async function shrunk(file) {
    if (!['image/jpeg', 'image/png', 'image/webp'].includes(file.type)) return file;
    try {
      const picture = await drawn(file);
      const whole = picture && await withEvidence(picture, file);
      return whole && whole.size < file.size ? whole : file;
    } catch {
      return file; // as it is: the server turns it, or says what is wrong with it
    }
  }

  return { shrunk };
})();
