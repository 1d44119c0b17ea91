using AeVae.Reports.Runs;

namespace AeVae.Reports.Claims;

/// <summary>The unit of one side of a claim.</summary>
static class SideUnit
{
    // Names of numbers without a unit; behind a number they say nothing.
    static readonly string[] Pure = ["share", "ratio", "factor"];

    /// <summary>The metric's unit, kept by a constant factor and by sums of one unit; empty for a number without any.</summary>
    /// <param name="side">What is computed.</param>
    /// <param name="runs">A run of a variant.</param>
    public static string Of(ClaimExpression side, Func<string, RunData> runs) => side switch
    {
        Measurement { Function: ClaimFunction.EpochsTo } => "epochs",
        Measurement measurement => runs(measurement.Variant).Unit(measurement.Metric) is var unit && Pure.Contains(unit) ? "" : unit,
        Absolute absolute => Of(absolute.Of, runs),
        Arithmetic { Operator: '*', Left: Constant } product => Of(product.Right, runs),
        Arithmetic { Operator: '*' or '/', Right: Constant } scaled => Of(scaled.Left, runs),
        Arithmetic { Operator: '+' or '-' } sum when Of(sum.Left, runs) is var common && common == Of(sum.Right, runs) => common,
        _ => "",
    };
}
