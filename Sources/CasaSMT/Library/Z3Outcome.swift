/// What Z3 said, before anybody looked at the model.
enum Z3Outcome {
    case satisfiable(Z3Model)
    case unsatisfiable
    case undecided(Undecided)
}
