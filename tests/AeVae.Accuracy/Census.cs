using AeVae.Compute;

namespace AeVae.Accuracy;

/// <summary>A function and the arguments on which it is counted.</summary>
internal sealed class Census
{
    readonly Func<ThreadTeam, int, Action<double>, Tally> count;

    Census(string function, string arguments, Func<ThreadTeam, int, Action<double>, Tally> count) =>
        (Function, Arguments, this.count) = (function, arguments, count);

    /// <summary>Everything that is claimed of the elementary functions.</summary>
    public static IReadOnlyList<Census> All { get; } =
    [
        Of<Exp, AllFloats>("exp", "all floats"),
        Of<ExpMinusOneOfNegative, NegativeFloats>("expm1", "floats ≤ 0"),
        Of<Log, AllFloats>("log", "all floats"),
        Of<LogOnePlus, AllFloats>("log1p", "all floats"),
        Of<Tanh, AllFloats>("tanh", "all floats"),
        Of<Sigmoid, AllFloats>("sigmoid", "all floats"),
        Of<Softplus, AllFloats>("softplus", "all floats"),
        Of<SinTwoPi, UnitFloats>("sin2pi", "floats in [−1, 1]"),
        Of<CosTwoPi, UnitFloats>("cos2pi", "floats in [−1, 1]"),
        Of<SinTwoPi, Uniforms>("sin2pi", "uniforms"),
        Of<CosTwoPi, Uniforms>("cos2pi", "uniforms"),
        Of<Log, Uniforms>("log", "uniforms"),
        Of<NormalRadius, Uniforms>("radius", "uniforms"),
    ];

    public string Function { get; }

    public string Arguments { get; }

    /// <summary>Counts on every <paramref name="every"/>th argument.</summary>
    /// <param name="team">Threads to use.</param>
    /// <param name="every">1 for all.</param>
    /// <param name="progress">Gets the share that is done.</param>
    public Tally Count(ThreadTeam team, int every, Action<double> progress) => count(team, every, progress);

    static Census Of<TFunction, TArguments>(string function, string arguments)
        where TFunction : struct, IFunction
        where TArguments : struct, IArguments =>
        new(function, arguments, (team, every, progress) =>
        {
            const int BlocksAtOnce = 1 << 14, CostPerBlock = 100 * CensusLoop<TFunction, TArguments>.BlockSize;
            long blocks = CensusLoop<TFunction, TArguments>.Blocks(every);
            Tally tally = new();
            for (long first = 0; first < blocks; first += BlocksAtOnce)
            {
                progress((double)first / blocks);
                team.Run(new CensusLoop<TFunction, TArguments>(every, first, tally), (int)Math.Min(BlocksAtOnce, blocks - first), CostPerBlock);
            }
            return tally;
        });
}
