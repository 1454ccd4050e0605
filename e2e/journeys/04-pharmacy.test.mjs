// The pharmacy sees what Nancy has sent there and dispenses on it; she sees that they looked.

import { NANCY, be, journey } from "../house/journey.mjs";

journey("a pharmacy dispenses", async ({ arrive }) => {
  const pharmacist = await arrive();
  await be(pharmacist, "pharmacist");
  await pharmacist.go("/pharmacy");
  await pharmacist.look("pharmacy");
  await pharmacist.picture("pharmacy");
  await pharmacist.send("/pharmacy/find", { cpr: NANCY });
  await pharmacist.look("prescriptions presented");
  await pharmacist.picture("presented");
  const open = pharmacist.page.locator('form[action$="/dispense"]').first();
  await pharmacist.follow(open.locator("button"));
  await pharmacist.look("dispense");
  await pharmacist.send("/dispense", { packages: "1", label: "1 tablet morgen og aften" });
  await pharmacist.look("after dispensing");

  // rule F-06: what was dispensed is on the card.
  const nancy = await arrive();
  await be(nancy, "citizen");
  await nancy.go("/me/medicine");
  await nancy.look("own card after dispensing");
  await nancy.go("/me/log");
  await nancy.look("own log after dispensing");
});
