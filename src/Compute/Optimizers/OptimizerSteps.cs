namespace AeVae.Compute;

/// <summary>Constants of one step of Adam (Kingma and Ba 2015) or AdamW (Loshchilov and Hutter 2019).</summary>
/// <remarks>Double, because 1 − β is taken before rounding to float: 1 − 0.999f is 1.3·10⁻⁵ off.</remarks>
/// <param name="Beta1">β₁, decay of the first moment.</param>
/// <param name="Beta2">β₂, decay of the second moment.</param>
/// <param name="Epsilon">ε, added to the denominator.</param>
/// <param name="StepSize">lr / (1 − β₁ᵗ).</param>
/// <param name="SecondMomentScale">√(1 − β₂ᵗ).</param>
/// <param name="WeightDecay">λ of the L2 penalty, added to the gradient as λ·value.</param>
/// <param name="DecoupledDecay">lr·λ of AdamW; the value is first multiplied by 1 − lr·λ.</param>
public readonly record struct AdamStep(double Beta1, double Beta2, double Epsilon, double StepSize, double SecondMomentScale, double WeightDecay, double DecoupledDecay);

/// <summary>Constants of one step of stochastic gradient descent with PyTorch's momentum.</summary>
/// <param name="LearningRate">lr.</param>
/// <param name="Momentum">μ; 0 needs no velocity.</param>
/// <param name="Nesterov">Nesterov's momentum.</param>
/// <param name="WeightDecay">λ of the L2 penalty, added to the gradient as λ·value.</param>
/// <param name="FirstStep">The velocity starts as the gradient.</param>
public readonly record struct SgdStep(double LearningRate, double Momentum, bool Nesterov, double WeightDecay, bool FirstStep);

/// <summary>Constants of one step of RMSprop with PyTorch's options.</summary>
/// <param name="LearningRate">lr.</param>
/// <param name="Alpha">α, smoothing of the averages.</param>
/// <param name="Epsilon">ε, added after the square root.</param>
/// <param name="Momentum">μ; 0 needs no velocity.</param>
/// <param name="Centered">Divide by the estimated standard deviation instead of the root mean square.</param>
/// <param name="WeightDecay">λ of the L2 penalty, added to the gradient as λ·value.</param>
public readonly record struct RmsPropStep(double LearningRate, double Alpha, double Epsilon, double Momentum, bool Centered, double WeightDecay);
