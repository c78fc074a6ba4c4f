const longest = 1600; // pixels, as many as the server's copy keeps
const quality = 0.75;

/** A photo as it leaves the device: at most 1 600 pixels long, without anything that the camera wrote beside the picture; draw may
 * mark it. */
export async function shrink(file: Blob, draw: (pen: OffscreenCanvasRenderingContext2D, width: number, height: number) => void = () => {}): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (pen) {
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    draw(pen, canvas.width, canvas.height);
  }
  picture.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality });
}
