namespace AeVae.Models;

/// <summary>A loss or gradient is NaN or infinite; training cannot go on (NC-1 C15).</summary>
public sealed class NonFiniteException : Exception
{
    /// <summary>Names the place.</summary>
    public NonFiniteException(int epoch, int step, string tensor)
        : base($"'{tensor}' is not finite in epoch {epoch}, step {step}. Try a lower train.learning_rate or train.gradient_clip: 1.")
        => (Epoch, Step, Tensor) = (epoch, step, tensor);

    /// <summary>Epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>Step within the epoch, from 1.</summary>
    public int Step { get; }

    /// <summary><c>loss</c>, <c>validation loss</c>, or <c>gradient of</c> and the name of the parameter.</summary>
    public string Tensor { get; }
}
