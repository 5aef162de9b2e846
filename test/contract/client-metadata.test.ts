import { expect, test } from 'vitest';
import { isObject } from '../../main/twenty/json';
import { rawObjects, readObjects, saysCustom } from '../../main/twenty/metadata';
import { type Recorded, readJson, recordings } from './server-recordings';

/** One object as REST metadata gives it, put together again from the recorded list of its fields. */
function recordedObject(name: string) {
  const file = readJson('current', 'fields', `${name}.json`);
  const fields = isObject(file) && Array.isArray(file.fields) ? file.fields : [];
  const plural = isObject(file) ? file.namePlural : '';
  return { nameSingular: name, namePlural: plural, isSystem: false, isActive: true, applicationId: 'a', fields };
}

test('stages come with label, colour and place, and the default as it is meant', () => {
  const [opportunity] = readObjects([recordedObject('opportunity')]);
  const stage = opportunity?.fields.find((field) => field.name === 'stage');
  expect(stage).toMatchObject({ type: 'SELECT', nullable: false, defaultValue: 'NEW', readOnly: false });
  expect(stage?.options.map(({ value, label, color }) => `${value} ${label} ${color}`)).toEqual([
    'NEW New red',
    'SCREENING Screening purple',
    'MEETING Meeting sky',
    'PROPOSAL Proposal turquoise',
    'CUSTOMER Customer yellow',
  ]);
});

test('what the server sets is read-only, what a person writes is not', () => {
  const [person] = readObjects([recordedObject('person')]);
  const readOnly = person?.fields.filter((field) => field.readOnly).map((field) => field.name);
  expect(readOnly).toEqual(
    expect.arrayContaining(['id', 'createdAt', 'updatedAt', 'deletedAt', 'createdBy', 'searchVector', 'noteTargets']),
  );
  for (const name of ['name', 'emails', 'phones', 'jobTitle', 'company', 'linkedinLink']) {
    expect(readOnly).not.toContain(name);
  }
  expect(person?.fields.find((field) => field.name === 'company')?.relation).toEqual({
    kind: 'many-to-one',
    object: 'company',
    joinColumn: 'companyId',
  });
});

test('links to custom objects are known', () => {
  const [target] = readObjects([recordedObject('noteTarget')]);
  expect(target?.fields.find((field) => field.name === 'targetPet')?.relation).toMatchObject({
    object: 'pet',
    joinColumn: 'targetPetId',
  });
});

test.each<[Recorded, boolean]>([
  ['current', false],
  ['old', true],
])('every recorded metadata answer of the %s server is read, over REST and GraphQL', (server, custom) => {
  const answers = recordings(server).filter(
    ({ request, response }) =>
      response.status === 200 && (/metadata\/objects$/.test(request.path) || request.path === '/metadata'),
  );
  const read = answers.map(({ response }) => rawObjects(response.body)).filter((objects) => objects.length > 0);
  expect(read.length).toBeGreaterThan(2);
  for (const objects of read) {
    for (const object of readObjects(objects)) expect(object.fields.length).toBeGreaterThan(0);
    const known = objects.every((object) => 'isCustom' in object || 'applicationId' in object);
    if (known) expect(saysCustom(objects)).toBe(custom);
  }
});
