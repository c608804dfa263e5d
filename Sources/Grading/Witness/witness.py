# witness
