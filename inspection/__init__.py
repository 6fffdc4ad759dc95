"""Wage-arrears complaints 欠薪投诉: the procedure of labour-security supervision."""
