namespace AeVae.Runner.Views;

/// <summary>Progress that nobody watches.</summary>
sealed class Silence : IProgress<double>
{
    /// <inheritdoc/>
    public void Report(double value)
    {
    }
}
