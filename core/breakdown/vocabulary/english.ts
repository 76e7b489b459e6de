// English scripts: titles, walk-ons, states, things.

export const englishTitles: ReadonlyMap<string, 'male' | 'female' | undefined> = new Map([
  ...of(
    'mr mister sir ser lord king prince duke count county earl baron monsieur emperor archduke brother father uncle grandpa grandfather',
    'male',
  ),
  ...of(
    'mrs ms miss lady madam madame queen princess duchess countess empress baroness sister mother aunt grandma grandmother granny auntie dame',
    'female',
  ),
  ...of(
    'dr doctor professor prof officer detective inspector sergeant sgt captain capt lieutenant lt colonel general major corporal private commander chief agent judge senator governor president mayor reverend rev friar pastor saint st coach nurse sheriff deputy marshal constable det pc dci admiral superintendent commissioner director chancellor minister ambassador congressman congresswoman councilman attorney bishop cardinal archbishop rabbi warden ranger trooper commandant',
    undefined,
  ),
]);

/** Titles that make a different person of a bare surname: LADY CAPULET is not CAPULET. */
export const distinguishing: ReadonlySet<string> = new Set(
  'lady lord mrs ms miss mr queen king prince princess mother father old young sister brother'.split(' '),
);

export const englishStates: ReadonlySet<string> = new Set(
  'young younger old older elder little teen teenage adult aged child baby middle-aged ghost-of masked disguised'.split(
    ' ',
  ),
);

/** What a label ends in when it is no name: SECURITY GUARD, OLD MAN. */
export const englishRoles: ReadonlySet<string> = new Set(
  'man woman boy girl guy lady gentleman kid child baby teenager teen person stranger figure cop policeman policewoman guard bodyguard soldier sailor driver waiter waitress bartender barman nurse doctor patient paramedic clerk cashier receptionist secretary assistant manager boss worker employee janitor maid butler chef vendor salesman saleswoman customer client tourist passenger pedestrian neighbor neighbour teacher student lawyer reporter journalist photographer thug thief robber burglar gangster henchman goon killer assassin prisoner inmate hostage witness victim villager beggar servant messenger monk nun ghost monster zombie friend husband wife mother father mom mum dad grandma grandpa son daughter brother sister host hostess priest attendant operator technician pilot dealer owner shopkeeper bouncer hitman fireman firefighter medic dispatcher usher valet concierge'.split(
    ' ',
  ),
);

const womanly =
  /^(?:\w*woman|girl|lady|waitress|maid|nun|wife|mother|mom|mum|grandma|daughter|sister|hostess|niece|aunt)$/i;
const manly =
  /^(?:(?:police|sales|bar|fire|hit|business|door|crafts)?man|boy|guy|gentleman|waiter|butler|monk|husband|father|dad|grandpa|son|brother|nephew|uncle)$/i;

/** The gender a role or a relation tells: NEIGHBOR WOMAN, her daughter. */
export const roleGender = (word: string): 'male' | 'female' | undefined =>
  womanly.test(word) ? 'female' : manly.test(word) ? 'male' : undefined;

/** Labels that hide who it is: MASKED MAN, HOODED FIGURE, STRANGER. */
export const englishDisguises =
  /\b(?:masked|hooded|veiled|disguised|cloaked|mysterious|unknown|faceless|stranger|figure|shadow|silhouette)\b/i;

export const englishWalkOns =
  /^(?:(?:first|second|third|fourth|fifth|sixth|another|other|1st|2nd|3rd)\s+.+|.+\s*#?\d+|all|both|crowd|everyone|chorus of .+|voices?|others|together|(?:the )?(?:citizens|servants|musicians|guards|soldiers|people|men|women|kids|children|students|attendants|maskers|watchmen|extras|passengers|reporters))$/i;

export const englishVoices: ReadonlySet<string> = new Set(
  'narrator voice v.o. radio tv announcer title super'.split(' '),
);

/** Nouns for things one can see, hold or stand before. */
export const englishProps: ReadonlySet<string> = new Set(
  'sword dagger knife gun pistol rifle revolver shotgun bullet bomb grenade arrow bow spear axe hammer rope chain handcuffs key lock letter note envelope contract will map photo photograph picture portrait painting book diary journal notebook newspaper magazine passport ticket card badge file folder document poster sign throne bridge phone cellphone telephone laptop computer tablet camera recorder radio television tv microphone headphones flashlight torch lantern lamp candle match lighter cigarette cigar pipe glass bottle cup mug plate bowl tray basket box chest crate suitcase briefcase bag backpack purse wallet coin money necklace ring bracelet earring locket pendant watch clock crown mask veil hat helmet cane wheelchair stretcher umbrella mirror comb brush pen pencil typewriter piano guitar violin flute drum trumpet doll teddy toy ball kite flag banner trophy medal pill syringe vial potion poison medicine bandage flower rose bouquet wreath cake gift present package parcel statue urn coffin skull bone stone machine device remote console panel lever button switch coffee pot kettle pan gloves glasses sunglasses amulet scroll wand staff orb crystal gem diamond jewel goblet chalice shield armor trunk ladder shovel hoe rake broom bucket barrel net crossbow greatsword broadsword longbow quiver rapier machete scalpel cleaver baton taser holster crowbar whip noose ledger album scrapbook clipboard notepad manuscript deed certificate license visa receipt invoice check cheque postcard brochure flyer blueprint dossier warrant subpoena telegram parchment quill inkwell towel blanket pillow napkin tablecloth mop sponge soap toothbrush razor dish thermos flask jug pitcher tankard cauldron skillet spatula spoon fork chopsticks teapot jar vase ashtray hourglass candlestick toolbox screwdriver wrench pliers shoebox keyboard headset earbuds earpiece charger drone binoculars telescope compass canteen tarp stethoscope thermometer inhaler crutch crutches gurney donut doughnut sandwich pizza cupcake cookie champagne groceries luggage handbag wristwatch tiara circlet brooch cufflink cufflinks choker bangle lanyard cash banknote balloon skateboard lollipop puzzle harmonica cello saxophone accordion collar leash pacifier crib stroller'.split(
    ' ',
  ),
);

/** Nouns that are a thing behind certain words only: guitar case, flash drive, and no case of the police. */
export const englishTails: ReadonlyMap<string, RegExp> = new Map([
  ['case', /^(?:guitar|violin|cello|gun|rifle|pillow|cigarette|glasses|makeup|display|phone|trumpet|flute)$/],
  ['drive', /^(?:flash|hard|thumb|usb)$/],
  ['drip', /^iv$/],
  ['rod', /^fishing$/],
  ['chair', /^(?:lawn|rocking|folding|beach)$/],
  ['pin', /^(?:hair|rolling|safety|lapel)$/],
]);

/** In front of a creature or a vehicle: a thing that only looks like one. */
export const englishLikeness = /^(?:toy|stuffed|plush|model|rubber|plastic|paper|wooden)$/;

export const englishVehicles: ReadonlySet<string> = new Set(
  'car truck van bus taxi cab limousine limo motorcycle motorbike bicycle bike train subway tram plane airplane helicopter jet boat ship yacht ferry canoe raft carriage wagon cart coach sled tank ambulance spaceship spacecraft rover submarine'.split(
    ' ',
  ),
);

export const englishCreatures: ReadonlySet<string> = new Set(
  'dog puppy cat kitten horse donkey mule cow bull sheep goat pig wolf fox bear lion tiger snake eagle hawk raven crow owl parrot dragon unicorn rat mouse spider bat monster zombie shark whale dolphin elephant monkey gorilla rabbit deer'.split(
    ' ',
  ),
);

export const englishGarments: ReadonlySet<string> = new Set(
  'suit tuxedo dress gown robe coat jacket shirt blouse sweater hoodie jeans trousers pants skirt uniform armor cloak cape apron hat cap scarf gloves boots shoes sneakers heels sunglasses pajamas kimono veil mask vest tie overalls raincoat bathrobe nightgown leggings blazer turtleneck t-shirt jersey tracksuit swimsuit bikini cardigan poncho shawl tunic breeches corset bonnet overcoat windbreaker sandals slippers stockings beret fedora scrubs doublet gauntlets sari cheongsam'.split(
    ' ',
  ),
);

/** Words that cannot stand inside a noun phrase between determiner and noun. */
export const englishStops: ReadonlySet<string> = new Set(
  'same other own the a an and or but of in on at to from with by for as is are was were be been being has have had do does did not no his her its their my your our this that these those he she it they we you i who which what where when how down up out off over under into onto through across toward towards near behind before after then there here just only very too also so than like about around against along between holds takes opens closes sits stands walks looks sees turns runs puts gives gets'.split(
    ' ',
  ),
);

function of(words: string, gender: 'male' | 'female' | undefined): [string, 'male' | 'female' | undefined][] {
  return words.split(' ').map((word) => [word, gender]);
}
