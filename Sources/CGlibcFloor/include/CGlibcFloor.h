#pragma once

// Linked into the programs so that they ask for no newer C library than they need to; scripts/linkage holds which one that is. Nothing
// in here is called by name.
#ifdef __linux__
__attribute__((visibility("hidden"))) float hypotf(float x, float y);
#endif
