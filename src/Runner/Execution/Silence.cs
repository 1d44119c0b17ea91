namespace AeVae.Runner.Execution;

/// <summary>Progress that nobody watches.</summary>
sealed class Silence : IProgress<double>
{
    /// <summary>The only one that is needed.</summary>
    public static Silence Instance { get; } = new();

    Silence()
    {
    }

    /// <inheritdoc/>
    public void Report(double value)
    {
    }
}
