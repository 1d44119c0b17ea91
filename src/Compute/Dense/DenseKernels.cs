namespace AeVae.Compute;

/// <summary>A fully connected layer y = x·W + b and its gradients, in the fixed order of NC-1 C1. Weights are stored (in × out), biases (1 × out).</summary>
/// <remarks>
/// Every output is one chain <c>acc = fma(a, b, acc)</c> in fp32, then + 0 so that −0 never appears. Outputs must not be inputs.
/// An infinite or NaN input may leave NaN in the padding of an output, where the next product need not replace it, as in the output itself: a run stops there (C15).
/// </remarks>
public static class DenseKernels
{
    /// <summary>y = x·W + b.</summary>
    /// <param name="x">(batch × in).</param>
    /// <param name="weight">(in × out).</param>
    /// <param name="bias">(1 × out), where the chains start.</param>
    /// <param name="y">(batch × out), overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <param name="nonzeroScratch">Made for (batch × in), overwritten: lets zeros of x be skipped where many are, with the same bits. Null: no product looks for zeros.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Forward(Matrix x, Matrix weight, Matrix bias, Matrix y, ThreadTeam team, NonzeroLists? nonzeroScratch = null)
    {
        Shape.Require(weight, x.Columns, y.Columns);
        Shape.Require(bias, 1, y.Columns);
        Shape.Require(y, x.Rows, weight.Columns);
        Product(x, transposed: false, weight, bias, y, team, nonzeroScratch);
    }

    /// <summary>dX = dY·Wᵀ, outputs of the layer ascending.</summary>
    /// <param name="dY">(batch × out).</param>
    /// <param name="weight">(in × out).</param>
    /// <param name="dX">(batch × in), overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void InputGradient(Matrix dY, Matrix weight, Matrix dX, ThreadTeam team)
    {
        Shape.Require(weight, dX.Columns, dY.Columns);
        Shape.Require(dX, dY.Rows, weight.Rows);
        new ProductLoop { A = dY, B = weight, TransposedB = true, C = dX }.Run(team);
    }

    /// <summary>dW = xᵀ·dY, rows of the batch ascending.</summary>
    /// <param name="x">(batch × in).</param>
    /// <param name="dY">(batch × out).</param>
    /// <param name="dWeight">(in × out), overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <param name="nonzeroScratch">Made for (batch × in), overwritten: lets zeros of x be skipped where many are, with the same bits. Null: no product looks for zeros.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void WeightGradient(Matrix x, Matrix dY, Matrix dWeight, ThreadTeam team, NonzeroLists? nonzeroScratch = null)
    {
        Shape.Require(dY, x.Rows, dWeight.Columns);
        Shape.Require(dWeight, x.Columns, dY.Columns);
        Product(x, transposed: true, dY, null, dWeight, team, nonzeroScratch);
    }

    /// <summary>db = Σ rows of dY: plain additions, rows ascending.</summary>
    /// <param name="dY">(batch × out).</param>
    /// <param name="dBias">(1 × out), overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void BiasGradient(Matrix dY, Matrix dBias, ThreadTeam team)
    {
        Shape.Require(dBias, 1, dY.Columns);
        team.Run(new BiasGradientLoop(dY, dBias), dY.Width / BiasGradientLoop.Columns, (long)BiasGradientLoop.Columns * dY.Rows);
    }

    /// <summary>c = a·b, or a·bᵀ, the same chains from +0.</summary>
    /// <param name="a">(rows × inner).</param>
    /// <param name="b">(inner × columns), or (columns × inner) if transposed.</param>
    /// <param name="c">(rows × columns), overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <param name="transposedB">Rows of a meet rows of b.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Product(Matrix a, Matrix b, Matrix c, ThreadTeam team, bool transposedB = false)
    {
        Shape.Require(b, transposedB ? c.Columns : a.Columns, transposedB ? a.Columns : c.Columns);
        Shape.Require(c, a.Rows, transposedB ? b.Rows : b.Columns);
        new ProductLoop { A = a, B = b, TransposedB = transposedB, C = c }.Run(team);
    }

    static void Product(Matrix a, bool transposed, Matrix b, Matrix? start, Matrix c, ThreadTeam team, NonzeroLists? nonzeros)
    {
        if (nonzeros is not null && SparseProductLoop.Suits(c) && nonzeros.TryRead(a, transposed, c.Width, team)) SparseProductLoop.Run(nonzeros, b, start, c, team);
        else new ProductLoop { A = a, TransposedA = transposed, B = b, Start = start, C = c }.Run(team);
    }
}
