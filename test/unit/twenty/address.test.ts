import { expect, it } from 'vitest';
import { parseServer } from '../../../main/twenty/address';

it.each([
  ['https://crm.example.com', 'https://crm.example.com', false],
  ['  crm.example.com/ ', 'https://crm.example.com', false],
  ['https://CRM.example.com:8443/rest/', 'https://crm.example.com:8443', false],
  ['https://crm.example.com/graphql', 'https://crm.example.com', false],
  ['localhost:3000', 'http://localhost:3000', true],
  ['http://127.0.0.1:3001', 'http://127.0.0.1:3001', true],
  ['http://[::1]:3000', 'http://[::1]:3000', true],
  ['http://192.168.1.20', 'http://192.168.1.20', true],
  ['http://10.0.0.5:3000/rest', 'http://10.0.0.5:3000', true],
  ['http://172.20.1.1', 'http://172.20.1.1', true],
  ['http://100.64.3.4', 'http://100.64.3.4', true],
  ['http://crm.local', 'http://crm.local', true],
  ['http://crm', 'http://crm', true],
])('reads %s', (typed, origin, cleartext) => {
  expect(parseServer(typed)).toEqual({ origin, cleartext });
});

it.each([
  ['', /Type the address/],
  ['   ', /Type the address/],
  ['not an address', /spaces/],
  ['http://crm.example.com', /https/],
  ['http://172.32.1.1', /https/],
  ['http://8.8.8.8', /https/],
  ['http://127.0.0.1.example.com', /https/],
  ['https://me:secret@crm.example.com', /user name/],
  ['https://crm.example.com/?x=1', /question mark/],
  ['https://crm.example.com/#top', /#/],
  ['https://crm.example.com/objects/people', /path/],
  ['ftp://crm.example.com', /https/],
  ['javascript:alert(1)', /address|https/],
  ['https://', /address/],
  ['https:\\\\crm.example.com', /backslashes/],
])('refuses %s', (typed, sentence) => {
  expect(() => parseServer(typed)).toThrow(sentence);
});

it('keeps a password out of what it says', () => {
  expect(() => parseServer('https://me:hunter2@crm.example.com')).not.toThrow(/hunter2/);
});
