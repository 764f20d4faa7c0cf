package lamp

func serviceGiven() []given { return nil }
