import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AVATAR_COLORS,
  avatarColor,
  dayOnly,
  domainOf,
  dueGroup,
  formatAgo,
  formatDue,
  fullName,
  initials,
  isDayOnly,
  isOverdue,
  isoWithOffset,
  parsePhone,
  phonesOf,
  recordLabel,
  samePhone,
  toPhonesField,
  viewPhone,
} from '../../../shared/crm';

const NOW = new Date(2026, 10, 22, 17, 0);
const iso = (year: number, month: number, day: number, hour: number, minute = 0) =>
  new Date(year, month - 1, day, hour, minute).toISOString();
const id = '20202020-1111-4111-8111-111111111111';

describe('names', () => {
  it('joins what there is', () => {
    expect(fullName({ firstName: ' Jane ', lastName: 'Smith' })).toBe('Jane Smith');
    expect(fullName({ firstName: null, lastName: 'Smith' })).toBe('Smith');
    expect([fullName(null), fullName(3), fullName({})]).toEqual(['', '', '']);
  });

  it('calls a record by its name, title, address or domain', () => {
    expect(recordLabel('person', { id, name: { firstName: 'Jane' } })).toBe('Jane');
    expect(recordLabel('person', { id, name: {}, emails: { primaryEmail: 'j@acme.com' } })).toBe('j@acme.com');
    expect(recordLabel('company', { id, name: '', domainName: { primaryLinkUrl: 'https://acme.com' } })).toBe(
      'acme.com',
    );
    expect(recordLabel('task', { id, title: 'Call' })).toBe('Call');
    expect(recordLabel('supportTicket', { id, subject: 'Broken' }, 'subject')).toBe('Broken');
    expect(recordLabel('supportTicket', { id })).toBe('Unnamed support ticket');
  });

  it.each([
    ['Jane Smith', 'JS'],
    ['Martindale Ltd', 'ML'],
    ['acme', 'ac'],
    ['Jean-Luc Picard', 'JP'],
    ['', '?'],
    ['Łukasz Żak', 'ŁŻ'],
    ['(Bob)', 'Bo'],
  ])('initials of %s', (name, expected) => {
    expect(initials(name)).toBe(expected.slice(0, 2));
  });

  it('gives every id a colour that stays', () => {
    fc.assert(
      fc.property(fc.uuid(), (any) => {
        expect(avatarColor(any)).toBe(avatarColor(any));
        expect(avatarColor(any)).toBeGreaterThanOrEqual(0);
        expect(avatarColor(any)).toBeLessThan(AVATAR_COLORS);
      }),
    );
  });

  it.each([
    ['https://www.Acme.com/x?y', 'acme.com'],
    ['acme.co.uk', 'acme.co.uk'],
    ['http://user@acme.com:8080', 'acme.com'],
    ['', ''],
  ])('domain of %s', (url, domain) => {
    expect(domainOf(url)).toBe(domain);
  });
});

describe('due dates', () => {
  it.each([
    [iso(2026, 11, 22, 17), 'Today 17:00'],
    [iso(2026, 11, 23, 15), 'Tomorrow 15:00'],
    [iso(2026, 11, 21, 9, 5), 'Yesterday 09:05'],
    [iso(2026, 11, 27, 12), 'Fri 27 Nov 12:00'],
    [dayOnly(2026, 11, 27).toISOString(), 'Fri 27 Nov'],
    [iso(2026, 11, 21, 0), 'Yesterday'],
    [dayOnly(2025, 10, 12).toISOString(), '12 Oct 2025'],
    ['rubbish', ''],
  ])('%s is %s', (at, words) => {
    expect(formatDue(at, NOW)).toBe(words);
  });

  it('survives the trip through text', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(2000, 0), max: new Date(2090, 0), noInvalidDate: true }), (date) => {
        expect(new Date(isoWithOffset(date)).getTime()).toBe(date.getTime());
        expect(isDayOnly(dayOnly(date.getFullYear(), date.getMonth() + 1, date.getDate()))).toBe(true);
      }),
    );
  });

  it('is overdue after its moment, or after its day', () => {
    expect(isOverdue(iso(2026, 11, 22, 16), NOW)).toBe(true);
    expect(isOverdue(dayOnly(2026, 11, 22).toISOString(), NOW)).toBe(false);
    expect(isOverdue(dayOnly(2026, 11, 21).toISOString(), NOW)).toBe(true);
  });

  it('groups by day', () => {
    const friday = new Date(2026, 10, 20, 10);
    const group = (day: number) => dueGroup(dayOnly(2026, 11, day).toISOString(), friday);
    expect([19, 20, 22, 23].map(group)).toEqual(['overdue', 'today', 'week', 'later']);
    expect([dueGroup(null, friday), dueGroup('x', friday)]).toEqual(['none', 'none']);
    const sunday = new Date(2026, 10, 22, 10);
    expect([23, 24, 25].map((day) => dueGroup(dayOnly(2026, 11, day).toISOString(), sunday))).toEqual([
      'week',
      'week',
      'later',
    ]);
  });

  it('says how long ago', () => {
    const ago = (at: string) => formatAgo(at, NOW);
    expect(ago(iso(2026, 11, 22, 16, 58))).toBe('2 min ago');
    expect(ago(iso(2026, 11, 22, 12))).toBe('5 h ago');
    expect(ago(iso(2026, 11, 21, 23))).toBe('Yesterday');
    expect(ago(iso(2026, 11, 19, 23))).toBe('3 days ago');
    expect(ago(iso(2026, 10, 12, 23))).toBe('Mon 12 Oct');
    expect(ago(iso(2026, 11, 23, 10))).toBe('Tomorrow');
  });
});

describe('phones', () => {
  const us = { number: '2015550123', countryCode: 'US', callingCode: '+1' };

  it('are shown by country', () => {
    expect(viewPhone(us)).toEqual({
      display: '+1 201 555 0123',
      national: '(201) 555-0123',
      tel: '+12015550123',
      countryCode: 'US',
      valid: true,
    });
    expect(viewPhone({ number: 'ext. 12', countryCode: '', callingCode: '' })).toMatchObject({
      display: 'ext. 12',
      tel: '12',
      valid: false,
    });
  });

  it.each([
    ['201 555 0123', 'US', us],
    ['+44 20 7946 0018', 'US', { number: '2079460018', countryCode: 'GB', callingCode: '+44' }],
    ['0301234567', 'DE', { number: '301234567', countryCode: 'DE', callingCode: '+49' }],
  ])('%s typed in %s', (text, country, parts) => {
    expect(parsePhone(text, country)).toEqual(parts);
  });

  it('refuses what is none', () => {
    expect([parsePhone('hello', 'US'), parsePhone('12', 'US'), parsePhone('', 'XX')]).toEqual([null, null, null]);
  });

  it('are read from and written to the field', () => {
    const field = {
      primaryPhoneNumber: '2015550123',
      primaryPhoneCountryCode: 'US',
      primaryPhoneCallingCode: '+1',
      additionalPhones: [{ number: '301234567', countryCode: 'DE', callingCode: '49' }, 'x', null],
    };
    expect(phonesOf(field)).toEqual([us, { number: '301234567', countryCode: 'DE', callingCode: '+49' }]);
    expect(phonesOf(toPhonesField(phonesOf(field)))).toEqual(phonesOf(field));
    expect([phonesOf(null), phonesOf('x'), toPhonesField([])]).toEqual([[], [], null]);
  });

  it('are the same however written', () => {
    expect(samePhone(us, { number: '+1 (201) 555-0123', countryCode: '', callingCode: '' })).toBe(true);
    expect(samePhone(us, { number: '201-555-0123', countryCode: '', callingCode: '' })).toBe(true);
    expect(samePhone(us, { ...us, number: '2015550124' })).toBe(false);
    expect(samePhone({ ...us, number: '' }, { ...us, number: '' })).toBe(false);
  });

  it('never fail', () => {
    const part = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(part, part, part, (number, countryCode, callingCode) => {
        viewPhone({ number, countryCode, callingCode });
        parsePhone(number, countryCode);
      }),
    );
  });
});
