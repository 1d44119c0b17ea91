namespace AeVae.Models;

/// <summary>What the trainer is doing.</summary>
public enum Phase
{
    /// <summary>Steps of an epoch.</summary>
    Training,

    /// <summary>Metrics on validation or test images.</summary>
    Evaluating,
}
