// A target of C needs a file; everything stands in the header.
#include "CSystem.h"
