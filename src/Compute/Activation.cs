namespace AeVae.Compute;

/// <summary>An elementwise activation function.</summary>
public enum Activation
{
    /// <summary>y = x.</summary>
    Identity,

    /// <summary>y = max(x, 0).</summary>
    Relu,

    /// <summary>y = x where x &gt; 0, else 0.01·x.</summary>
    LeakyRelu,

    /// <summary>y = x where x &gt; 0, else eˣ − 1.</summary>
    Elu,

    /// <summary>y = tanh x.</summary>
    Tanh,

    /// <summary>y = 1 / (1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>y = log(1 + eˣ).</summary>
    Softplus,
}
