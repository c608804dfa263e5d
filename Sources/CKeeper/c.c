#include "CKeeper.h"
int keeper_placeholder(void){return 0;}
