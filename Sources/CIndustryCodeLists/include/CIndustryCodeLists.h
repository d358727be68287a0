#ifndef FIRMCLUSTERS_INDUSTRY_CODE_LISTS_H
#define FIRMCLUSTERS_INDUSTRY_CODE_LISTS_H

#include <stddef.h>

// Code lists of industry classifications as gzip-compressed CSV: standard,code,level,title. Origin and licence: NOTICE.
const unsigned char *firmclusters_industry_codes(void);
size_t firmclusters_industry_codes_length(void);

#endif
