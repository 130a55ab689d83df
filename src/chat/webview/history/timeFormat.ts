/** Formats times in the display language: “5 minutes ago”, “Tuesday”, “November 2026”. */

export interface TimeFormat {
  /** How long ago, for up to a week; else the date, with its year when that is another one. */
  ago(at: number, now: number): string;
  /** Date and time of day. */
  full(at: number): string;
  weekday(at: number): string;
  /** With its year. */
  month(at: number): string;
}

/** All times are in milliseconds since the epoch, and are told in the local time zone. */
export function createTimeFormat(language: string): TimeFormat {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options);
  const date = format({ month: 'short', day: 'numeric' });
  const dateOfYear = format({ year: 'numeric', month: 'short', day: 'numeric' });
  const full = format({ dateStyle: 'full', timeStyle: 'short' });
  const weekday = format({ weekday: 'long' });
  const month = format({ year: 'numeric', month: 'long' });
  return {
    ago(at, now) {
      const days = daysBetween(at, now);
      if (days > 0 && days <= 7) return relative.format(-days, 'day');
      if (days > 7) return (yearOf(at) === yearOf(now) ? date : dateOfYear).format(at);
      const minutes = Math.max(0, Math.floor((now - at) / 60_000));
      if (minutes === 0) return relative.format(0, 'second');
      return minutes < 60
        ? relative.format(-minutes, 'minute')
        : relative.format(-Math.floor(minutes / 60), 'hour');
    },
    full: (at) => full.format(at),
    weekday: (at) => weekday.format(at),
    month: (at) => month.format(at),
  };
}

/** Midnights of the local time zone between two times; negative when `at` is on a later day than `now`. */
export function daysBetween(at: number, now: number): number {
  // Rounded, because a day on which the clocks change has 23 or 25 hours.
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function yearOf(at: number): number {
  return new Date(at).getFullYear();
}
