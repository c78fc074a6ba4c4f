/** The mark of the platform: four cells, one of which calls. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path fill="var(--civic)" d="M2 2h12v12H2zM18 2h12v12H18zM2 18h12v12H2z" />
      <path fill="#b3521b" d="M18 18h12v12H18z" />
    </svg>
  );
}
