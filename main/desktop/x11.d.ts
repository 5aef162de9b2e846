/** The three requests that are used of the `x11` package, which has no types of its own. */
declare module 'x11' {
  interface Client {
    InternAtom(onlyIfExists: boolean, name: string, done: (error: Error | null, atom: number) => void): void;
    GetSelectionOwner(selection: number, done: (error: Error | null, window: number) => void): void;
    terminate(): void;
    on(event: 'error' | 'end', listener: (error?: Error) => void): void;
  }
  export function createClient(done: (error: Error | undefined, display: { client: Client }) => void): Client;
}
