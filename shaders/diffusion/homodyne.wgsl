#import "diffusion/diffusion"

// Of one quadrature.

fn observeCurrents(o: ptr<function, Observables>, currents: vec2f) { (*o).current = currents.x; }
