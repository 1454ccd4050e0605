statistics-title = Figures of the app
statistics-lead = On so many phones the app runs, and so many it warns. Nobody can see a single phone in the figures. Neither can we.
statistics-latest = The last day that was counted:
statistics-phones = phones with the app
statistics-installed = of them are new
statistics-warned = were warned
statistics-warned-others = warned others
statistics-phones-picture = Phones with the app, day by day
statistics-warnings-picture = Warnings, day by day
statistics-picture-text = { $n ->
    [one] One day was counted. The figures stand in the table below the picture.
   *[other] { $n } days were counted. The figures stand in the table below the picture.
}
statistics-series-phones = Phones
statistics-series-thousands = Thousands of phones
statistics-series-warned = Were warned
statistics-series-warned-others = Warned others
statistics-none = There are no figures yet
statistics-none-why = A day is counted when it has been over for two days, and only if at least { $least } phones have answered.
statistics-hidden = Days without figures
statistics-hidden-why = On these days fewer than { $least } phones answered. Then we show nothing, and the answers are erased unseen.
statistics-how = How we count without seeing anybody
statistics-how-split = Once a day each phone answers whether the app ran, whether it is new, whether you were warned, and whether you warned others. The phone splits the answer in two. Each part by itself is random numbers.
statistics-how-two = We get the one part, and an independent body gets the other. Each of the two adds up its parts and shows only the sum. Only together are the sums a figure. They also check, without reading the answer, that each answer is one answer and no more.
statistics-how-noise = Each body adds a little chance to its sum, so that the figure is nearly right and never quite. If there are fewer than { $least } answers, neither shows anything.
statistics-how-not = We do not know who answered, at what time of the day or from where. The answers are gone after five days.
statistics-simulated = In the demonstration more than a hundred simulated phones answer each day. They split and seal their answers as a real phone does, and two bodies count them as described here.
