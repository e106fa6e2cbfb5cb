#include "CGlibcFloor.h"

#ifdef __linux__
// Swift's static library for C names hypotf, and a linker on a newer system binds that to glibc 2.35, the only symbol of the programs that
// is newer than 2.34: it would keep them off RHEL 9 and its kin and off Amazon Linux 2023. Two floats' squares fit a double without loss.
float hypotf(float x, float y) {
    if (__builtin_isinf(x) || __builtin_isinf(y)) return __builtin_inff();
    return (float)__builtin_sqrt((double)x * x + (double)y * y);
}
#endif
