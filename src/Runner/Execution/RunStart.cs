using AeVae.Data;
using AeVae.Models;

namespace AeVae.Runner.Execution;

/// <summary>What is known when the first step begins.</summary>
sealed record RunStart(string RunId, RunRequest Request, Splits Splits)
{
    /// <summary>Where a stored run goes on; null for a new one.</summary>
    public ResumedAt? Resumed { get; init; }
}

/// <summary>Where a stored run goes on.</summary>
/// <param name="Epoch">The epoch after which it does; 0 when it begins anew.</param>
/// <param name="EpochsCut">Stored epochs after that, which are trained again.</param>
/// <param name="Last">What that epoch left behind; null when it begins anew.</param>
sealed record ResumedAt(int Epoch, int EpochsCut, EpochResult? Last);
