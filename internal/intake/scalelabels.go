package intake

// scaleLabels are the verbal levels of five-point scales, the least first, folded,
// in English, Danish, Swedish, Norwegian, Dutch, German and Finnish. On scales that
// go on to "extremely", "very" is the last but one, so that whoever reads the
// column must say which of the two it is.
func scaleLabels(extreme bool) [][5]string {
	if extreme {
		return [][5]string{
			{"notatallsatisfied", "notsosatisfied notverysatisfied slightlysatisfied", "somewhatsatisfied moderatelysatisfied", "verysatisfied", "extremelysatisfied completelysatisfied"},
			{"notatalllikely", "notsolikely notverylikely slightlylikely", "somewhatlikely moderatelylikely", "verylikely", "extremelylikely"},
			{"notatalleasy", "notsoeasy notveryeasy slightlyeasy", "somewhateasy moderatelyeasy", "veryeasy", "extremelyeasy"},
		}
	}
	return [][5]string{
		{ // satisfaction
			`verydissatisfied veryunsatisfied veryunhappy extremelydissatisfied megetutilfreds megetutilfredsmed mycketmissnojd valdigtmissnojd sveldigmisfornoyd sveartmisfornoyd svaertmisfornoyd sveartutilfreds veldigmisfornoyd megetmisfornoyd
				zeerontevreden heelontevreden sehrunzufrieden erittaintyytymaton`,
			`dissatisfied unsatisfied unhappy somewhatdissatisfied utilfreds ganskamissnojd missnojd misfornoyd litemisfornoyd noksamisfornoyd ontevreden unzufrieden eherunzufrieden tyytymaton melkotyytymaton`,
			`neithersatisfiednordissatisfied neithernor neither neutral neithersatisfiedordissatisfied soso hverkentilfredsellerutilfreds hverkeneller neutralt varkennojdellermissnojd varkennojdeller varkeneller verkenfornoydellermisfornoyd verkeneller
				noytral niettevredennietontevreden nochtevredennochontevreden neutraal wederzufriedennochunzufrieden wedernoch teilsteils eityytyvainennitytymaton eityytyvainenneikaeityytymaton enosaasanoa neutraali`,
			`satisfied happy somewhatsatisfied rathersatisfied tilfreds nojd ganskanojd rattnojd fornoyd ganskefornoyd noksafornoyd tevreden zufrieden eherzufrieden tyytyvainen melkotyytyvainen`,
			`verysatisfied veryhappy megettilfreds mycketnojd valdigtnojd svaertfornoyd sveartfornoyd veldigfornoyd megetfornoyd zeertevreden heeltevreden sehrzufrieden erittaintyytyvainen`,
		},
		{ // likelihood
			`veryunlikely megetusandsynligt megetusandsynlig mycketosannolikt veldigusannsynlig svaertusannsynlig zeeronwaarschijnlijk sehrunwahrscheinlich erittainepatodennakoista`,
			`unlikely usandsynligt usandsynlig osannolikt usannsynlig onwaarschijnlijk unwahrscheinlich epatodennakoista`,
			`neitherlikelynorunlikely perhaps maybe maske kanske kanskje misschien vielleicht ehka hverkensandsynligtellerusandsynligt varkensannoliktellerosannolikt`,
			`likely sandsynligt sandsynlig sannolikt troligt sannsynlig waarschijnlijk wahrscheinlich todennakoista`,
			`verylikely megetsandsynligt megetsandsynlig mycketsannolikt myckettroligt veldigsannsynlig svaertsannsynlig zeerwaarschijnlijk sehrwahrscheinlich erittaintodennakoista`,
		},
		{ // agreement
			`stronglydisagree completelydisagree heltuenig megetuenig instammerinte instammerintealls instammerabsolutinte heltuenig helemaaloneens helemaalmeeoneens stimmeuberhauptnichtzu taysinerimielta`,
			`disagree uenig instammerdelvisinte instammertillvissdelinte delvisuenig delvisuenig oneens meeoneens stimmenichtzu ehereriilta jokseenkinerimielta`,
			`neitheragreenordisagree hverkenenigelleruenig varkeneller verkenenigelleruenig nieteensnietoneens eensnochoneens noncheensnochoneens wedernoch eisamaaeikaerimielta`,
			`agree enig delvisenig instammer instammerdelvis instammertillvissdel eens meeeens stimmezu jokseenkinsamaamielta`,
			`stronglyagree completelyagree heltenig megetenig instammerhelt instammerfullstandigt heltenig helemaaleens helemaalmeeeens stimmevollzu stimmevollundganzzu taysinsamaamielta`,
		},
		{ // ease
			`verydifficult megetsvaert megetbesvaerligt mycketsvart veldigvanskelig svaertvanskelig zeermoeilijk sehrschwierig sehrschwer erittainvaikeaa`,
			`difficult svaert besvaerligt svart vanskelig moeilijk schwierig schwer vaikeaa`,
			`neithereasynordifficult hverkennemtellersvaert varkenlattellersvart verkenlettellervanskelig nietmakkelijknietmoeilijk`,
			`easy nemt latt enkelt lett makkelijk gemakkelijk einfach leicht helppoa`,
			`veryeasy megetnemt mycketlatt mycketenkelt veldiglett svaertlett veldigenkelt zeermakkelijk zeergemakkelijk sehreinfach sehrleicht erittainhelppoa`,
		},
	}
}
