/** Bytes of a form that fit into a request with what stands around them. */
export const most = 180 * 1024;

/** Bytes as they travel in a request. */
export function base64(bytes: Uint8Array): string {
  const part = 0x2000; // bytes that become one call's arguments
  let text = '';
  for (let at = 0; at < bytes.length; at += part) text += String.fromCharCode(...bytes.subarray(at, at + part));
  return btoa(text);
}
