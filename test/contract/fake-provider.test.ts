import { testWorkshop } from '../build/workshop.ts';
import { fakeMachine, fakeProvider } from '../fakes/fake-provider.ts';
import { providerContract } from './provider-contract.ts';

providerContract('in memory', () => {
  const workshop = testWorkshop();
  return Promise.resolve({ provider: fakeProvider(fakeMachine(), workshop), workshop, close: () => Promise.resolve() });
});
