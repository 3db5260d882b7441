/** A difference as a person reads it: `+3.2 %`, in points of the metric's scale. */
export function percentPoints(difference: number): string {
  const text = (difference * 100).toFixed(1);
  return `${difference > 0 ? '+' : ''}${text === '-0.0' ? '0.0' : text} %`;
}
