/*
 * libxml2 as Swift sees it. Debian builds libxml2 with ICU, and ICU's headers clash with the copy that Foundation carries
 * as soon as one file imports both; ICU is therefore switched off before any header that would pull it in.
 */
#ifndef THREADMARK_CLIBXML2_SHIM_H
#define THREADMARK_CLIBXML2_SHIM_H

#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>
#include <libxml/xmlwriter.h>

/* In C because xmlFree is a variable, which Swift 6 takes for shared mutable state. */
static inline void threadmark_xml_free(xmlChar *_Nonnull text) {
  xmlFree(text);
}

#endif
