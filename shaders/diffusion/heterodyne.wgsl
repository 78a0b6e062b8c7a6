#import "diffusion/diffusion"

// Of two quadratures.

fn observeCurrents(o: ptr<function, Observables>, currents: vec2f) {
  (*o).currentI = currents.x;
  (*o).currentQ = currents.y;
}
