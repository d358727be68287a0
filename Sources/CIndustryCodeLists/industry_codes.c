#include "CIndustryCodeLists.h"

// Compiled in, so that the installed command finds its lists wherever it is put.
#pragma clang diagnostic ignored "-Wc23-extensions"
static const unsigned char codes[] = {
#embed "industry_codes.csv.gz"
};

const unsigned char *firmclusters_industry_codes(void) { return codes; }
size_t firmclusters_industry_codes_length(void) { return sizeof codes; }
