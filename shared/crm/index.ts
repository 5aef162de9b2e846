export * from './dates';
export * from './metadata';
export * from './money';
export * from './names';
export * from './objects';
export * from './phones';
export * from './records';
