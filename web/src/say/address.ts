/** A part of an address in plain letters; as it stands where it is none, such as one that was cut off when it was copied. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
