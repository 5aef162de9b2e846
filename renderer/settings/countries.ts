import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';

/** Every country with a calling code, by its English name: `{ value: 'DE', label: 'Germany +49' }`. */
export function countryOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  return getCountries()
    .map((code) => ({ value: code as string, label: `${names.of(code) ?? code} +${getCountryCallingCode(code)}` }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
